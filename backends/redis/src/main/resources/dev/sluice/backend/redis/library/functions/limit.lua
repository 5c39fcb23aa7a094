-- Sets the limits of a project.
--
-- ARGV    2 project  3 most claimed or ''  4 daily budget or ''  5 ... audit line (lib/audit.lua)
-- Result  queue
-- Refuses TOO_MANY_PROJECTS
function Functions.limit(args)
  local p = Queues.of(args[2])
  Audit.check(args)
  local max, budget = tonumber(args[3]), tonumber(args[4])
  if p.max ~= max or p.budget ~= budget or budget and p.budget_text ~= args[4] then
    Step.expect('zset', AREA .. 'due')
    Step.expect('zset', AREA .. 'queues')
    if Queues.is_one_too_many(p) then
      return { org.seq, 'TOO_MANY_PROJECTS' }
    end

    if not p.budget or p.day ~= Queues.today() then
      p.spent, p.day = 0, Queues.today()
    end
    p.max, p.budget, p.budget_text = max, budget, args[4]
  end
  Audit.write(args)
  Step.commit()
  return { org.seq, 'OK', Queues.reply(p) }
end
