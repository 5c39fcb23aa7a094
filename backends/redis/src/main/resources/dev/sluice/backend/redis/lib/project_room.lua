-- Whether that project would be one too many in {org}:queues.
local function is_one_too_many(p)
  return p.line == NO_PROJECT and call('ZCARD', AREA .. 'queues') >= MAX_PROJECTS
end
