create table api_key (
    key_id      text primary key,
    hash        bytea not null unique check (length(hash) = 32),
    owner       text not null check (owner <> ''),
    scopes      text[] not null check (cardinality(scopes) > 0),
    created_at  timestamptz not null,
    revoked_at  timestamptz
);
comment on table api_key is 'Who may call: the SHA-256 of each key, never the key';
