-- For the page that tells what was replayed just now, and for forgetting.
create index inbox_replay_by_age on inbox_replay (at);
