-- Sets the limits of a project.
--
-- ARGV    2 project  3 most claimed or ''  4 daily budget or ''  5 ... audit line (lib/audit.lua)
-- Result  queue
-- Refuses TOO_MANY_PROJECTS

local p = project_of(ARGV[2])
check_audit()
local max, budget = tonumber(ARGV[3]), tonumber(ARGV[4])
if p.max ~= max or p.budget ~= budget or budget and p.budget_text ~= ARGV[4] then
  expect('zset', AREA .. 'due')
  expect('zset', AREA .. 'queues')
  if is_one_too_many(p) then
    return { org.seq, 'TOO_MANY_PROJECTS' }
  end

  if not p.budget or p.day ~= today() then
    p.spent, p.day = 0, today()
  end
  p.max, p.budget, p.budget_text = max, budget, ARGV[4]
end
audit()
commit()
return { org.seq, 'OK', queue_reply(p) }
