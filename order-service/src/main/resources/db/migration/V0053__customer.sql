create table customer (
    owner       text not null,
    customer_id text not null,
    name        text not null,
    email       text,
    version     bigint not null check (version > 0),
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    primary key (owner, customer_id)
);
comment on table customer is 'Whom a client sells to; each client has customers of its own';
