-- Orders to stop many sessions.
--
--   {org}:stop-runs      sorted set: id -> when it was ordered
--   {org}:stop-run:<id>  time US project or '' US actor US targets US reason; the targets are
--                        session RS token RS session RS token ...

local function check_stop_run(id)
  expect('zset', AREA .. 'stop-runs')
  expect('string', AREA .. 'stop-run:' .. id)
end
