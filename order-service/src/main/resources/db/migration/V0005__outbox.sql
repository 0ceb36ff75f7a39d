create table outbox (
    id              bigint generated always as identity primary key,
    order_id        text not null,
    version         bigint not null,
    type            text not null,
    customer_id     text not null,
    status          text not null,
    previous_status text,
    amount          bigint not null,
    currency        text not null,
    cause           text not null,
    occurred_at     timestamptz not null,
    trace_id        text
);
comment on table outbox is 'Changes that orders.events does not have yet; written with the change, deleted once the broker has it';
create function outbox_wakes_the_relay() returns trigger language plpgsql as $$
begin
    perform pg_notify('outbox', '');
    return null;
end $$;
create trigger outbox_wakes_the_relay after insert on outbox for each statement execute function outbox_wakes_the_relay();
