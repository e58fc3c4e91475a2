"""Every maximum of the live connection, in one place. Bytes, counts and seconds."""

PROTOCOL_VERSION = 3
LIVE_PATH = "/live"  # of the websocket, on the server's one port

MESSAGE_BYTES_MAX_TO_SERVER = 16 * 1024
MESSAGE_BYTES_MAX_TO_CLIENT = 8 * 1024 * 1024
SNAPSHOT_BYTES_MAX = 64 * 1024 * 1024  # after decompression
LAYOUT_BYTES_MAX = 64 * 1024 * 1024  # after decompression

TOKEN_CHARS_MAX = 512
ID_CHARS_MAX = 64
SKU_CHARS_MAX = 64
AISLES_PER_SUBSCRIBE_MAX = 256
AISLES_CHANGED_MAX = 10_000
LAYOUT_PROBLEM_CHARS_MAX = 600

CART_LINES_MAX = 200
QUANTITY_MAX = 99
OPS_IN_FLIGHT_MAX = 64
OUTBOX_OPS_MAX = 500  # what a client keeps while it is offline

OPS_PER_SECOND_MAX = 50  # one connection, sustained
OPS_PER_SECOND_OF_CLIENT = 40  # our own client stays below, also when it empties a full outbox
OPS_BURST_OF_CLIENT = 20
CONNECTIONS_PER_SHOPPER_MAX = 8
NEW_SHOPPERS_BURST_OF_ADDRESS = 64  # a school or an office behind one address
NEW_SHOPPERS_PER_SECOND_OF_ADDRESS = 0.2
ADDRESSES_REMEMBERED_MAX = 10_000

WRITE_BUFFER_COALESCE_BYTES = 256 * 1024
WRITE_BUFFER_DROP_BYTES = 1024 * 1024

HELLO_WAIT_S = 10.0
PING_INTERVAL_S = 20.0
PING_WAIT_S = 20.0
CONNECT_WAIT_S = 10.0
CLOSE_WAIT_S = 2.0
RECONNECT_WAIT_FIRST_S = 0.25
RECONNECT_WAIT_MAX_S = 8.0
CONNECTION_PROVEN_S = 5.0  # a connection that lived this long starts the waits from the first again

DELTA_HISTORY_MAX = 10_000  # a client further behind is told to resync
HANDOFF_TOKEN_LIFE_S = 600
CHECKOUT_LIFE_S = 1800
