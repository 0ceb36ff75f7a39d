create table order_history (
    order_id    text not null,
    version     bigint not null,
    at          timestamptz not null,
    from_status text,
    to_status   text not null,
    type        text not null,
    cause       text not null,
    actor       text not null,
    event_id    text,
    trace_id    text,
    note        text,
    primary key (order_id, version)
);
comment on table order_history is 'Every change of every order: when, from, to, who and why';
