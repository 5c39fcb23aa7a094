-- Takes back claims that their worker was never told of.
--
-- ARGV    2 worker  3 ... session, token of its claim, ..., by the bytes of the ids
-- Result  ids of the sessions taken back, in that order

-- Applying one plan may change the next one, so the plans are made again below. This finds refusals.
local w = read_worker(ARGV[2])
local untold = {}
for i = 3, #ARGV, 2 do
  local s = read_session(ARGV[i])
  if s and s.place == 'CLAIMED' and s.owner == ARGV[2] and s.token == ARGV[i + 1] and s.accept_by ~= '0'
    and passes(decide_return, s, 'left') then
    untold[#untold + 1] = s
  end
end
if #untold == 0 then
  return { org.seq, 'OK', {} }
end

local back = {}
for _, s in ipairs(untold) do
  local plan = decide_return(s, 'left')
  event(s, 'RETURNED', s.owner)
  give_back(s, w, plan)
  write_session(s)
  back[#back + 1] = s.id
end
if w then
  write_worker(w)
end
commit()
return { org.seq, 'OK', back }
