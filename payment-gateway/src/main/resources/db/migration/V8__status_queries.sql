create table status_queries (
    order_id text   primary key,
    asked    bigint not null
);
comment on table status_queries is 'How often the state of an order''s payments was asked for: polling is counted, not forbidden.';
