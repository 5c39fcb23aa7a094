-- A lost claim becomes its worker's again, accepted at once; decide_leave_queue and check_slot were
-- asked before.
local function reattach(s, w, take)
  leave_queue(s, take)
  count('READY', -1)
  count('CLAIMED', 1)
  s.place, s.state, s.owner, s.token = 'CLAIMED', 'CLAIMED', w.id, next_token()
  s.claimed, s.started, s.updated = NOW, '0', NOW
  s.lost_by, s.lost_token, s.nacked_by, s.return_until = '', '0', '', '0'
  take_slot(w, s)
end
