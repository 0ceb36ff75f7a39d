create table inbox (
    source       text not null,
    event_id     text not null,
    type         text not null,
    order_id     text not null,
    content_type text,
    headers      text not null,
    body         bytea not null,
    received_at  timestamptz not null,
    processed_at timestamptz not null,
    outcome      text not null,
    reason       text,
    deliveries   int not null default 1,
    primary key (source, event_id)
);
comment on table inbox is 'One row per event, written in the transaction that applies it: deduplication, log and source of replays';
create index inbox_of_order on inbox (order_id, received_at);
create index inbox_by_age on inbox (received_at desc, source, event_id);
create index inbox_parked on inbox (order_id) where outcome = 'parked';
