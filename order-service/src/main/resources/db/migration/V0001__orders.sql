create table orders (
    order_id        text primary key,
    owner           text not null,
    customer_id     text not null,
    amount          bigint not null check (amount > 0),
    currency        text not null check (currency ~ '^[A-Z]{3}$'),
    items           text not null,
    stage           text not null,
    standing        text not null,
    captured        bigint not null check (captured >= 0),
    refunded        bigint not null check (refunded between 0 and captured),
    failed_payments int not null,
    status          text not null,
    review_reason   text check ((review_reason is not null) = (status = 'NeedsReview')),
    payment_id      text,
    checkout_url    text,
    version         bigint not null check (version > 0),
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
comment on table orders is 'The truth about orders; status is derived from stage and standing, and kept for searching';
create index orders_of_owner on orders (owner, created_at desc, order_id desc);
create index orders_by_age on orders (created_at desc, order_id desc);
create index orders_of_customer on orders (customer_id, created_at desc, order_id desc);
create index orders_in_review on orders (created_at) where status = 'NeedsReview';
