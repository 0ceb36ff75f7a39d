alter table deliveries add column copy int not null default 1;
alter table deliveries add column in_order boolean not null default true;
alter table deliveries add column held boolean not null default false;
alter table deliveries add column faults text;
comment on column deliveries.in_order is 'Waits for earlier deliveries of its payment and is waited for.';
comment on column deliveries.held is 'Kept back until a later event of its payment has overtaken it.';
alter table delivery_attempts add column faults text[];
create index deliveries_held on deliveries (payment_id) where held and status = 'pending';
