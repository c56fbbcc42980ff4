mod refreshing;
mod registering;
mod signing_in;
