mod closing;
mod http;
mod loading;
mod nodes;
mod refusing;
mod socket;
