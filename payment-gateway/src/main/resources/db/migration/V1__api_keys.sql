create table api_keys (
    hash   bytea  primary key,
    owner  text   not null,
    scopes text[] not null
);
comment on table api_keys is 'Who may call. Only the SHA-256 of a key is kept.';
