create table events (
    id          text        primary key,
    position    bigint      generated always as identity unique,
    type        text        not null,
    owner       text        not null,
    payment_id  text        not null references payments,
    order_id    text        not null,
    body        bytea       not null,
    traceparent text,
    occurred_at timestamptz not null
);
comment on table events is 'What happened to payments, with the exact bytes that every webhook about it carries.';
create index events_by_order on events (order_id, position);
create index events_by_payment on events (payment_id, position);
create index events_by_time on events (occurred_at, position);

create table deliveries (
    id          bigint      generated always as identity primary key,
    event_id    text        not null references events on delete cascade,
    endpoint_id text        not null references webhook_endpoints on delete cascade,
    payment_id  text        not null,
    status      text        not null default 'pending' check (status in ('pending', 'delivered', 'failed', 'dropped')),
    attempts    int         not null default 0,
    due_at      timestamptz not null,
    leased_by   bigint,
    lease_until timestamptz,
    created_at  timestamptz not null,
    ended_at    timestamptz
);
comment on table deliveries is 'One event on its way to one endpoint. A lease is held in real time, due_at is the simulator''s time.';
create index deliveries_due on deliveries (endpoint_id, due_at, id) where status = 'pending';
create index deliveries_in_order on deliveries (endpoint_id, payment_id, id) where status = 'pending';
create index deliveries_leased on deliveries (leased_by) where status = 'pending' and leased_by is not null;
create index deliveries_by_event on deliveries (event_id);

create table delivery_attempts (
    delivery_id bigint      not null references deliveries on delete cascade,
    number      int         not null,
    started_at  timestamptz not null,
    duration_ms int         not null,
    status      int,
    answer      text,
    error       text,
    id          bigint      generated always as identity primary key
);
comment on table delivery_attempts is 'Every HTTP try that came to an end, whatever its end.';
create index delivery_attempts_by_delivery on delivery_attempts (delivery_id, id);
