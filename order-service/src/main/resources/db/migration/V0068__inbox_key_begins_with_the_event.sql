-- One index finds an event by its id alone as well as with its source, instead of two that each event writes at a random place.
create unique index inbox_by_key on inbox (event_id, source);
alter table inbox drop constraint inbox_pkey, add constraint inbox_pkey primary key using index inbox_by_key;
drop index inbox_by_event;
