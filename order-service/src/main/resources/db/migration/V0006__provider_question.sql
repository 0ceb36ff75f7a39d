alter table orders add column next_ask timestamptz;
alter table orders add column asks int not null default 0;
alter table orders add column doubtful boolean not null default false;
comment on column orders.next_ask is 'When the provider is asked about the order, if it is still unpaid or doubtful by then';
create index orders_to_ask on orders (next_ask) where status in ('Pending', 'PaymentFailed') or doubtful;
