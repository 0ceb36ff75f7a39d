create table console_session (
    hash       bytea primary key check (length(hash) = 32),
    key_id     text not null references api_key (key_id) on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > created_at)
);
comment on table console_session is 'Who is logged in to the console: the SHA-256 of each session id, never the id; any instance serves it';
create index console_session_by_end on console_session (expires_at);
