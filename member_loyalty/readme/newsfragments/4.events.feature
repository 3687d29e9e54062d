Members earn by events (joining, profile, birthday, anniversary, yearly target), with limits per member; points can wait for payment, invoice or delivery.
