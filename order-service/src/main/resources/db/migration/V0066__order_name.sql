-- An index of orders by the beginning of their id would be written with each change of an order, at random places.
drop index orders_by_beginning;
create table order_name (order_id text collate "C" primary key);
comment on table order_name is 'The ids of all orders, to find those that begin alike; written when an order is placed or removed, never else';
insert into order_name select order_id from orders;
create function order_name_follows() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into order_name select order_id from made on conflict do nothing;
    else
        delete from order_name where order_id in (select order_id from gone);
    end if;
    return null;
end $$;
create trigger order_name_of_made after insert on orders referencing new table as made
    for each statement execute function order_name_follows();
create trigger order_name_of_gone after delete on orders referencing old table as gone
    for each statement execute function order_name_follows();
