//! Users who are pasted as lines, from a spreadsheet or by hand.

use crate::ui::form::Form;

/// The users of some lines: first name, last name, address, number, extension, with package and location of `form`.
pub(super) fn new_users(text: &str, form: &Form) -> Vec<Form> {
    const CELLS: [&str; 5] = ["firstName", "lastName", "email", "phoneNumber", "extension"];
    let user = |line: &str| {
        let mut user = super::typed::next_to(form);
        let filled = CELLS.iter().zip(cells(line)).filter(|(_, cell)| !cell.is_empty());
        filled.for_each(|(name, cell)| user.set(name, cell));
        user
    };
    lines(text).map(user).collect()
}

/// The users to claim of some lines: address, number, extension. Several addresses may stand in one line.
pub(super) fn claims(text: &str, form: &Form) -> Vec<Form> {
    let mut users: Vec<Form> = Vec::new();
    for line in lines(text) {
        for (at, cell) in cells(line).enumerate().filter(|(at, cell)| *at == 0 || !cell.is_empty()) {
            let is_number = cell.starts_with('+');
            match users.last_mut().filter(|_| at > 0 && !cell.contains('@')) {
                Some(user) if is_number => user.set("phoneNumber", cell),
                Some(user) => user.set("extension", cell),
                None => {
                    let mut user = super::typed::next_to(form);
                    user.set("email", cell);
                    users.push(user);
                }
            }
        }
    }
    users
}

/// A user to claim as a line.
pub(super) fn line_of(user: &Form) -> String {
    let cells = ["email", "phoneNumber", "extension"].map(|name| user.value(name));
    cells.into_iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(", ")
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

fn cells(line: &str) -> impl Iterator<Item = &str> {
    line.split(['\t', ',', ';']).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(users: &[Form]) -> Vec<String> {
        users.iter().map(super::super::typed::written).collect()
    }

    #[test]
    fn a_line_is_a_user_with_package_and_place_of_the_form() {
        let form = Form::with([("package", "webex_suite"), ("email", "somebody@else.example")]);
        let users = new_users("Ana\tAlba\tana@x.example\t\t1001\n\n Ben; Berg; ben@x.example\n", &form);
        assert_eq!(
            shown(&users),
            [
                "package=webex_suite&firstName=Ana&lastName=Alba&email=ana%40x.example&extension=1001",
                "package=webex_suite&firstName=Ben&lastName=Berg&email=ben%40x.example",
            ]
        );
    }

    #[test]
    fn addresses_to_claim_stand_in_lines_or_between_commas_with_number_and_extension_behind_them() {
        let text = "ana@x.example, ben@x.example\ncem@x.example, +14085550120, 1020\nno address";
        let users = claims(text, &Form::default());
        assert_eq!(
            shown(&users),
            [
                "email=ana%40x.example",
                "email=ben%40x.example",
                "email=cem%40x.example&phoneNumber=%2B14085550120&extension=1020",
                "email=no+address",
            ]
        );
        assert_eq!(line_of(&users[2]), "cem@x.example, +14085550120, 1020");
    }
}
