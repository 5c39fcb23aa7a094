-- Sets the note of an operator on a worker. The same note again changes nothing.
--
-- Arguments  2 worker  3 note, '' to remove it  4 ... audit line (rules/audit.lua)
-- Result  worker
-- Refuses UNKNOWN_WORKER
function Functions.note(args)
  local id, text = args[2], args[3]
  local w = Workers.read(id)
  if not w then
    return { org.seq, 'UNKNOWN_WORKER' }
  end
  Audit.check(args)
  local changes = (call('HGET', w.key, 'note') or '') ~= text
  if changes then
    if text == '' then
      w.gone = { 'note' }
    else
      w.set = { 'note', text }
    end
    Workers.write(w)
  end
  if Audit.write(args) or changes then
    Step.commit()
  end
  return { org.seq, 'OK', Workers.reply(w) }
end
