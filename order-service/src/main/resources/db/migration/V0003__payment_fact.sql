create table payment_fact (
    order_id    text not null,
    fact_key    text not null,
    kind        text not null,
    origin      text not null,
    payment_id  text not null,
    refund_id   text not null,
    amount      bigint,
    currency    text,
    ruling      text not null,
    recorded_at timestamptz not null,
    primary key (order_id, fact_key)
);
comment on table payment_fact is 'What is known about an order''s money, as a set; facts may come before their order';
