-- Sets the limits of a project.
--
-- Arguments  2 project  3 most claimed or ''  4 daily budget or ''  5 ... audit line (rules/audit.lua)
-- Result  queue
-- Refuses TOO_MANY_PROJECTS
function Functions.limit(args)
  local p, max, budget = Queues.of(args[2]), tonumber(args[3]), tonumber(args[4])
  Audit.check(args)
  if p.max ~= max or p.budget ~= budget or budget and p.budget_text ~= args[4] then
    Pages.check('due', 'queues')
    if Queues.is_one_too_many(p) then
      return { org.seq, 'TOO_MANY_PROJECTS' }
    end
    if not p.budget or p.day ~= Queues.today() then
      p.spent, p.day = 0, Queues.today()
    end
    p.max, p.budget, p.budget_text = max, budget, args[4]
    Events.of_queue('LIMITED', p.name)
  end
  Audit.commit(args)
  return { org.seq, 'OK', Queues.reply(p) }
end
