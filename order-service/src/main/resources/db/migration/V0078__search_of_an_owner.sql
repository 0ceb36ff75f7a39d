-- What an owner looks for among its orders is found there, however many others have.
create index order_listing_of_owner_by_beginning on order_listing (owner, order_id collate "C");
-- Serves equality as well as beginnings, whatever the database's collation.
create index order_listing_of_owner_and_customer
    on order_listing (owner, customer_id text_pattern_ops, created_at desc, order_id desc);
