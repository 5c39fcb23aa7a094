-- Takes back claims that their worker was never told of.
--
-- ARGV    2 worker  3 ... session, token of its claim, ..., by the bytes of the ids
-- Result  ids of the sessions taken back, in that order
function Functions.give_back(args)
  -- Applying one plan may change the next one, so the plans are made again below. This finds refusals.
  local w = Workers.read(args[2])
  local untold = {}
  for i = 3, #args, 2 do
    local s = Sessions.read(args[i])
    if s and s.place == 'CLAIMED' and s.owner == args[2] and s.token == args[i + 1] and s.accept_by ~= '0'
      and Step.passes(Endings.decide_return, s, 'left') then
      untold[#untold + 1] = s
    end
  end
  if #untold == 0 then
    return { org.seq, 'OK', {} }
  end

  local back = {}
  for _, s in ipairs(untold) do
    local plan = Endings.decide_return(s, 'left')
    Timelines.event(s, 'RETURNED', s.owner)
    Endings.give_back(s, w, plan)
    Sessions.write(s)
    back[#back + 1] = s.id
  end
  if w then
    Workers.write(w)
  end
  Step.commit()
  return { org.seq, 'OK', back }
end
