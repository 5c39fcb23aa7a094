-- Takes back claims that their worker was never told of.
--
-- Arguments  2 worker  3 ... session, token of its claim, ..., by the bytes of the ids
-- Result  ids of the sessions taken back, in that order
function Functions.give_back(args)
  local worker = args[2]
  local w, untold, returned = Workers.read(worker), {}, {}
  for i = 3, #args, 2 do
    local s = Sessions.read(args[i])
    if s and s.place == 'CLAIMED' and s.owner == worker and s.token == args[i + 1] and s.accept_by ~= '0'
      and Step.passes(Endings.decide_return, s, 'left') then
      untold[#untold + 1] = s
    end
  end
  for i, s in ipairs(untold) do
    -- Applying one plan may change the next one, so the plans are made here, and above only to find refusals.
    local plan = Endings.decide_return(s, 'left')
    Timelines.event(s, 'RETURNED', s.owner)
    Endings.give_back(s, w, plan)
    Sessions.write(s)
    returned[i] = s.id
  end
  if untold[1] then
    if w then
      Workers.write(w)
    end
    Step.commit()
  end
  return { org.seq, 'OK', returned }
end
