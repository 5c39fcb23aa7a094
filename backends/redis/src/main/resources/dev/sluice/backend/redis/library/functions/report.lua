local FIELDS = 17

-- Applies a status report of a session's owner.
--
-- Arguments  2 session  3 worker  4 credential of the caller or ''  5 token or 0  6 reported state
--         7 its effect in each state: STATE:TRANSITION, separated by blanks  8 1 if it is terminal, else 0
--         9 1 if it releases a stopped session, else 0  10 cost or -1  11 detail of a late result
--         12 id and 13 hash of its attempt, or '', ''  14 remedy and 15 cause of a failed run, or '', ''
--         16 1 if its machine is to blame, else 0  17 ... fields: name, value, ...
-- Result  transition, 1 if this call has claimed it, else 0, 1 if it repeats the latest attempt, else 0, session
-- Refuses UNKNOWN_SESSION, DAMAGED, CONFLICT (id of its attempt), NOT_OWNER (owner or ''), NOT_REPLACED
function Functions.report(args)
  local terminal, late_detail = args[8] == '1', args[11]

  local s, refusal = Sessions.read_row(args[2])
  if not s then
    return { org.seq, refusal }
  end
  local as, w, may = Claims.relation(s, args[3], args[4], args[5])
  local attempt = args[12] ~= '' and args[12] .. '\29' .. args[13]
  local repeated = attempt == s.attempt
  local conflicts = attempt and not repeated and match(s.attempt, '^[^\29]*') == args[12]
  -- Nodes of layout 7 know no causes.
  local failure = args[14] ~= '' and org.layout - 7 > 0
    and { remedy = args[14], cause = args[15], line = args[15] .. ': ' .. args[14],
      machine = args[16] == '1' }
  local returns = failure and failure.remedy ~= 'never'
  if as == 'NONE' then
    local dead = s.place == 'DEAD'
    if returns and may and (dead or Sessions.waits(s))
      and Timelines.is_latest(s, 'RETURNED', match(args[5], '^%d+ (.+)$') or args[3], failure.line, dead and 1) then
      return conflicts and { org.seq, 'CONFLICT', args[12] }
        or { org.seq, 'OK', 'REPEAT', 0, repeated and 1 or 0, Waiting.reply(s) }
    end
    if may and w and terminal and not Timelines.is_latest(s, 'LATE_RESULT', w.id, late_detail) then
      Timelines.event(s, 'LATE_RESULT', w.id, late_detail)
      Sessions.write(s)
      Step.commit()
    end
    return Claims.not_owner(s)
  end
  if conflicts then
    return { org.seq, 'CONFLICT', args[12] }
  end

  -- The effects of the report.
  local transition = match(args[7], (Sessions.waits(s) and 'CLAIMED' or s.state) .. ':(%u+)')
  local advances = transition == 'ADVANCE'
  local counts = advances or transition == 'MERGE'
  local merges = counts and #args >= FIELDS
  local ends = advances and terminal
  local releases = Sessions.in_grace(s) and args[9] == '1'
  local late = transition == 'CONFLICT'
    and (releases or not Timelines.is_latest(s, 'LATE_RESULT', args[3], late_detail))
  returns = returns and ends

  local fields = Sessions.fields_of(s)
  local reattach = Claims.decide_reattach(s, as, w)
  local finish
  if releases then
    finish = Endings.decide_release(s, w)
  elseif ends then
    finish = returns and Endings.decide_fail(s, w, failure, reattach)
      or Endings.decide_end(s, w, failure, reattach)
  end
  if merges then
    Step.expect('hash', AREA .. 'f:' .. s.id)
  end

  if full and not finish then
    error('OOM only the end of a claim frees memory', 0)
  end
  Claims.act(s, as, w, reattach)
  if counts then
    s.updated = NOW
    s.attempt = attempt or s.attempt
    if args[10] ~= '-1' and args[10] ~= s.cost then
      if s.place == 'CLAIMED' then
        Figures.count_session('m', args[10] - s.cost, s, w)
      end
      s.cost = args[10]
    end
  end
  if advances and not returns then
    s.state, s.nackers = args[6], ''
    if s.state == 'RUNNING' and s.started == '0' then
      s.started = NOW
      Timelines.event(s, 'STARTED', s.owner)
    end
    if ends then
      s.ended = NOW
    end
  end
  if merges then
    Sessions.merge_fields(s, fields, args, FIELDS)
  end
  local nacks = s.nacks
  if finish then
    finish()
  end
  if ends and w then
    Workers.note_run(w, nacks, failure)
  end
  if late then
    Timelines.event(s, 'LATE_RESULT', args[3], late_detail)
  end
  Claims.commit(s, w, as ~= 'LAST' or late)
  return {
    org.seq, 'OK', transition, reattach and 1 or 0, repeated and 1 or 0,
    returns and Waiting.reply(s, fields) or Sessions.reply(s, fields, 0),
  }
end
