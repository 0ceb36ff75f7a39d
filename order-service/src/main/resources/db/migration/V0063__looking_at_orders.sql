drop index orders_in_review;
create index orders_by_status on orders (status, created_at desc, order_id desc);
-- Serves equality as well as beginnings, whatever the database's collation.
drop index orders_of_customer;
create index orders_of_customer on orders (customer_id text_pattern_ops, created_at desc, order_id desc);
create index orders_by_beginning on orders (order_id text_pattern_ops);
create index dead_letter_open on dead_letter (at desc, origin desc) where redriven_at is null;
