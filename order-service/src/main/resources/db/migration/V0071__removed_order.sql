create table removed_order (
    order_id text primary key,
    version bigint not null
);
comment on table removed_order is 'The last version of an order that was removed: one of the same id goes on from there, so that no ETag and no eventId comes twice';
