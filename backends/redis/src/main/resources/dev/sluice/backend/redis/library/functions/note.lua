-- Sets the note of an operator on a worker. The same note again changes nothing.
--
-- ARGV    2 worker  3 note, '' to remove it  4 ... audit line (lib/audit.lua)
-- Result  worker
-- Refuses UNKNOWN_WORKER
function Functions.note(args)
  local w = Workers.read(args[2])
  if not w then
    return { org.seq, 'UNKNOWN_WORKER' }
  end
  Audit.check(args)
  local changes = (call('HGET', w.key, 'note') or '') ~= args[3]
  if changes then
    if args[3] == '' then
      w.gone = { 'note' }
    else
      w.set = { 'note', args[3] }
    end
    Workers.write(w)
  end
  if Audit.write(args) or changes then
    Step.commit()
  end
  return { org.seq, 'OK', Workers.reply(w) }
end
