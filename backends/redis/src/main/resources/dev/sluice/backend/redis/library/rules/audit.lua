-- The audit lines of an org.
--
--   {org}:audit             sorted set: id US time US actor US verb US object US detail US reason -> id, the
--                           sequence number of the step. If an act is repeated at once, its line is changed instead:
--                           the time becomes <first>+<how often>+<last>
--   {org}:audit-of:<actor>  sorted set: ids of the actor's lines -> id
--   {org}:audit-actors      sorted set: actor -> number of lines
--
-- The last five arguments of a function make the line: actor, verb, object, detail, reason. If the actor is empty, no
-- line is written. A %s in the detail is replaced by a value of the step.

-- Checks the types of what `write` writes. Call it while deciding: an act without its line must not happen.
function Audit.check(args)
  Pages.check('audit', 'audit-actors', 'audit-of:' .. args[#args - 4])
end

-- Adds a line with an id of its own.
function Audit.keep(id, actor, line)
  local of = AREA .. 'audit-of:' .. actor
  call('ZADD', of, id, id)
  call('ZADD', AREA .. 'audit-actors', call('ZCARD', of), actor)
  call('ZADD', AREA .. 'audit', id, line)
end

-- Adds the line; the step takes its id as sequence number. `found`: the value for %s. Returns the line, or nil.
function Audit.write(args, found)
  local actor, verb, object, detail, reason = unpack(args, #args - 4)
  if actor == '' then
    return nil
  end
  local done = actor .. '\31' .. verb .. '\31' .. object .. '\31' .. (found and format(detail, found) or detail)
    .. '\31' .. reason
  local latest = call('ZRANGE', AREA .. 'audit', -1, -1)[1]
  local id, at, times, same = match(latest or '', '^(%d+)\31(%d+)%+?(%d*)[%d+]*\31(.*)$')
  if same == done then
    call('ZREM', AREA .. 'audit', latest)
    at = at .. '+' .. (times == '' and 2 or format('%d', times + 1)) .. '+' .. NOW
  else
    id, at = format('%d', org.seq + 1), NOW
  end
  local line = id .. '\31' .. at .. '\31' .. done
  Audit.keep(id, actor, line)
  return line
end

-- Adds the line and commits the step.
function Audit.commit(args, found)
  Audit.write(args, found)
  Step.commit()
end

-- Deletes a line. `actor` is nil for a damaged one.
function Audit.drop(line, actor)
  call('ZREM', AREA .. 'audit', line)
  if actor then
    local of = AREA .. 'audit-of:' .. actor
    call('ZREM', of, match(line, '^%d+'))
    local left = call('ZCARD', of)
    if left == 0 then
      call('ZREM', AREA .. 'audit-actors', actor)
    else
      call('ZADD', AREA .. 'audit-actors', left, actor)
    end
  end
end
