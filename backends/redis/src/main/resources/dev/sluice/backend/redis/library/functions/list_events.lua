-- Lists events, the oldest first.
--
-- Arguments  2 number of the event behind which it starts  3 limit
-- Result  numbers of the oldest and of the latest event, lines (rules/events.lua); none if the first number is dropped or
--         not reached
function Functions.list_events(args)
  local oldest, latest, lines = Events.page(args[2] + 0, args[3] + 0)
  return { org.seq, 'OK', oldest, latest, lines }
end
