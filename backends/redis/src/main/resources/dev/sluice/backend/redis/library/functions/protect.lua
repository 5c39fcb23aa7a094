-- Protects a worker from scale-in until a time. The same time again changes nothing.
--
-- Arguments  2 worker  3 end of the protection, 0 to end it  4 ... audit line (rules/audit.lua)
-- Result  worker
-- Refuses UNKNOWN_WORKER
function Functions.protect(args)
  local id, till = args[2], args[3]
  local w = Workers.read(id)
  if not w then
    return { org.seq, 'UNKNOWN_WORKER' }
  end
  Audit.check(args)
  local changes = (call('HGET', w.key, 'protected') or '0') ~= till
  if changes then
    if till == '0' then
      w.gone = { 'protected' }
    else
      w.set = { 'protected', till }
    end
    Workers.write(w)
  end
  if Audit.write(args) or changes then
    Step.commit()
  end
  return { org.seq, 'OK', Workers.reply(w) }
end
