create table inbox_replay (
    replay_id text primary key,
    source    text not null,
    event_id  text not null,
    actor     text not null,
    at        timestamptz not null,
    outcome   text not null,
    reason    text
);
comment on table inbox_replay is 'Every attempt to apply an event again, and what became of it';
create index inbox_replay_of_event on inbox_replay (source, event_id, at);
create index inbox_by_event on inbox (event_id);
