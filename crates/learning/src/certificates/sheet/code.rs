use qrcodegen::{QrCode, QrCodeEcc};

/// The dark squares of the code that leads a phone to the address, by column and row, and how many there are in a row.
/// None when the address is too long for one.
pub fn squares(address: &str) -> Option<(Vec<(i32, i32)>, i32)> {
    let code = QrCode::encode_text(address, QrCodeEcc::Medium).ok()?;
    let size = code.size();
    let all = (0..size).flat_map(|row| (0..size).map(move |column| (column, row)));
    Some((all.filter(|(column, row)| code.get_module(*column, *row)).collect(), size))
}
