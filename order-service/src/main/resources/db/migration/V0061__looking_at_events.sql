-- Each grows at one end only, per source or type; what was applied, which is nearly all, needs no index by outcome.
create index inbox_of_type on inbox (type, received_at desc);
create index inbox_of_source on inbox (source, received_at desc);
create index inbox_unusual on inbox (outcome, received_at desc) where outcome <> 'applied';
alter table inbox_replay add column note text;
alter table dead_letter add column redriven_note text;
comment on column inbox_replay.note is 'Why, in the words of who asked';
