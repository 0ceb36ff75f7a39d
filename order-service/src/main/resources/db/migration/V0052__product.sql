create extension if not exists pg_trgm;
create table product (
    product_id  text primary key,
    name        text not null check (name <> ''),
    amount      bigint not null check (amount > 0),
    currency    text not null check (currency ~ '^[A-Z]{3}$'),
    version     bigint not null check (version > 0),
    created_at  timestamptz not null,
    updated_at  timestamptz not null
);
comment on table product is 'The catalogue: what an order costs is computed from it, never taken from a client';
create index product_name_trigrams on product using gin (lower(name) gin_trgm_ops);
