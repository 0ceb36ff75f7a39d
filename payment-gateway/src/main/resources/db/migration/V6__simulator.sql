create table simulator (
    id         boolean     primary key default true check (id),
    offset_ms  bigint      not null default 0,
    frozen_at  timestamptz,
    plan       text,
    planned_at timestamptz
);
comment on table simulator is 'One row: the simulator''s time and its fault plan, shared by all instances.';
insert into simulator default values;
