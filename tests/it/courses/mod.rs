mod authoring;
mod catalogue;
mod categories;
mod counting;
mod publishing;
mod seeing;
mod staffing;
