create table payments (
    id         text        primary key,
    owner      text        not null,
    order_id   text        not null,
    amount     bigint      not null check (amount > 0),
    currency   text        not null check (currency ~ '^[A-Z]{3}$'),
    capture    text        not null,
    status     text        not null,
    captured   bigint      not null check (captured between 0 and amount),
    refunded   bigint      not null check (refunded between 0 and captured),
    attempts   jsonb       not null,
    refunds    jsonb       not null,
    card       text,
    settle_at  timestamptz,
    expires_at timestamptz not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version    int         not null
);
comment on table payments is 'The truth about money. One row is one aggregate: attempts and refunds live and die with their payment.';
create index payments_by_order on payments (order_id, updated_at, id);
create index payments_by_update on payments (updated_at, id);
create index payments_to_settle on payments (settle_at) where settle_at is not null;
create index payments_to_expire on payments (expires_at) where status in ('PENDING', 'AUTHORIZED', 'FAILED');
