//! The programs of docs/cookbook.md, and the tests of docs/testing.md.

mod cookbook;
mod lifecycle;
mod mock_gateway;
mod record_and_replay;
mod scripted;
