-- A topic that was made anew has other records at the same places.
alter table rejected_webhook drop constraint rejected_webhook_pkey, add primary key (partition, position, received_at);
