-- Waiting work becomes claimed: by name, re-attached or transferred. decide_leave(s, 'claim') and
-- check_slot were asked before. What is accepted at once has kept the fields, the cost and the like of
-- the claim that was lost.
local function take(s, w, plan, accepted)
  leave(s, plan)
  count(project_of(s.project), 'CLAIMED', 1)
  s.place, s.state, s.owner, s.token = 'CLAIMED', 'CLAIMED', w.id, next_token()
  s.claimed, s.updated, s.last_sign = NOW, NOW, NOW
  s.lost_by, s.nacked_by, s.return_until, s.stop_told = '', '', '0', '0'
  if accepted then
    s.accept_by = '0'
    note_accept(w, NOW)
  else
    s.accept_by = format('%d', now + ACCEPT_MS[w.dialect])
    s.started, s.cost, s.tools, s.attempt = '0', '0', '', ''
    if s.has_fields == '1' then
      call('UNLINK', AREA .. 'f:' .. s.id)
      s.has_fields = '0'
    end
  end
  take_slot(w, s)
end
