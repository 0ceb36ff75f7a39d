-- Its owner, its customer, its age: what an order is found by stays as it is while the order changes. Kept apart, their indexes
-- are not written with each change.
lock table orders in share row exclusive mode;
create table order_listing (
    order_id    text primary key,
    owner       text not null,
    customer_id text not null,
    created_at  timestamptz not null
);
comment on table order_listing is 'What orders are found by, but for their status; follows orders';
insert into order_listing select order_id, owner, customer_id, created_at from orders;
create index order_listing_of_owner on order_listing (owner, created_at desc, order_id desc);
create index order_listing_by_age on order_listing (created_at desc, order_id desc);
-- Serve equality as well as beginnings, whatever the database's collation.
create index order_listing_of_customer on order_listing (customer_id text_pattern_ops, created_at desc, order_id desc);
create index order_listing_by_beginning on order_listing (order_id collate "C");
drop index orders_of_owner;
drop index orders_by_age;
drop index orders_of_customer;

drop trigger order_name_of_made on orders;
drop trigger order_name_of_gone on orders;
drop function order_name_follows();
drop table order_name;
-- For the version before this one.
create view order_name as select order_id collate "C" as order_id from order_listing;

create function order_listing_follows() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into order_listing select order_id, owner, customer_id, created_at from made;
    elsif tg_op = 'DELETE' then
        delete from order_listing where order_id in (select order_id from gone);
    else
        update order_listing set customer_id = new.customer_id where order_id = new.order_id;
    end if;
    return null;
end $$;
create trigger order_listing_of_made after insert on orders referencing new table as made
    for each statement execute function order_listing_follows();
create trigger order_listing_of_gone after delete on orders referencing old table as gone
    for each statement execute function order_listing_follows();
create trigger order_listing_of_changed after update of customer_id on orders
    for each row when (old.customer_id <> new.customer_id) execute function order_listing_follows();
