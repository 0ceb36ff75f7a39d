alter table orders add column closing_since timestamptz;
comment on column orders.closing_since is 'Since when nobody shall pay for the order any more, as long as the provider has not confirmed it; null if there is nothing to tell';
-- The wider condition serves the version before this one as well.
create index orders_to_ask_or_close on orders (next_ask)
    where status in ('Pending', 'PaymentFailed') or doubtful or refund_expected is not null or closing_since is not null;
drop index orders_to_ask_about;
