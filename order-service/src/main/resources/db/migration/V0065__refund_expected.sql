alter table orders add column refund_expected bigint;
comment on column orders.refund_expected is 'How much will have gone back once the refund that was asked for is done; null when none is on its way';
-- The wider condition serves the version before this one as well.
create index orders_to_ask_about on orders (next_ask)
    where status in ('Pending', 'PaymentFailed') or doubtful or refund_expected is not null;
drop index orders_to_ask;
