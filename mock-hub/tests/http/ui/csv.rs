//! CSV add or edit: template and export, upload, preview, submission, the task and its errors.

use axum::http::{Method, StatusCode};
use insta::assert_snapshot;
use serde_json::json;

use crate::browser::{Browser, Page};
use crate::support::Hub;

const MIXED: &str =
    "First Name,User ID/Email (Required)\nAna,ana@new.example.com\nBob,nonsense\n,carla@new.example.com\n";
const BEHAVIOR: (&str, &str) = ("behavior", "add-and-remove-services");

/// The path of the Control Hub of the demo's customer administrators.
pub(super) async fn home(hub: &Hub) -> String {
    Browser::signed_in(hub, "customer-read-only", "en").await.get("/").await.path
}

/// The same organization's path in the API.
fn in_api(home: &str) -> String {
    format!("/hub/v1{home}")
}

async fn uploaded(browser: &Browser<'_>, home: &str, csv: &str) -> Page {
    let action = format!("{home}/users/csv");
    let page = browser.get(&action).await;
    browser.upload(&page, &action, &[BEHAVIOR], ("users.csv", csv)).await
}

#[tokio::test]
async fn a_file_is_planned_first_and_imported_when_it_is_submitted() {
    let hub = Hub::demo().await;
    let home = home(&hub).await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let preview = uploaded(&browser, &home, MIXED).await;
    assert_eq!(preview.status(), StatusCode::OK);
    assert_snapshot!(preview.main(), @"What this file would do Nothing has happened yet. Look through the plan, then submit the file or choose another one. File users.csv CSV import behavior Add and remove services Rows 3 2 To add 0 To update 0 To remove 0 Unchanged 1 Refused Submit Choose another file To know 2 rows also give base licences CSV-030 Refused rows These rows would change nothing; the others go on without them. Refused rows Row Column Email Reason 3 User ID/Email (Required) nonsense A user's e-mail address has one @ with something on both sides, and no spaces (SUB-002; saw `nonsense`) Changes Changes Row Email Action Changes 2 ana@new.example.com add First Name `Ana` Base licences `Basic Messaging, Basic Space Meetings, Call on Webex (1:1 call, non-PSTN)` also gets base licences (CSV-030) 4 carla@new.example.com add Base licences `Basic Messaging, Basic Space Meetings, Call on Webex (1:1 call, non-PSTN)` also gets base licences (CSV-030)");
    let tasks = format!("{}/tasks", in_api(&home));
    assert_eq!(hub.get(&tasks).await.json()["items"], json!([]), "nothing has happened");
    let task = browser.submit(&preview, &preview.path, &[]).await;
    assert_eq!(task.status(), StatusCode::OK);
    assert_snapshot!(task.main(), @"users.csv The file is submitted. This is its task. Completed with errors 3 of 3 rows 2 Added 0 Updated 0 Removed 0 Unchanged 1 Refused Refused rows The file has these rows as you wrote them, with the reason behind them. It can be corrected and uploaded as it is. Download errors as CSV Refused rows Row Column Email Reason 3 User ID/Email (Required) nonsense A user's e-mail address has one @ with something on both sides, and no spaces (SUB-002; saw `nonsense`) About this task CSV import behavior Add and remove services Created by partner-full-admin@example.com Created 2026-03-01 12:00:00 All tasks");
    let made = hub.get(&tasks).await.json()["items"][0].clone();
    assert_eq!(task.path, format!("{home}/tasks/{}?done=csv-submitted", made["id"].as_str().unwrap()));
    assert_eq!(
        (&made["added"], &made["failed"], &made["fileName"]),
        (&json!(2), &json!(1), &json!("users.csv"))
    );
    let gone = browser.get(&preview.path).await;
    assert_eq!(gone.status(), StatusCode::GONE, "a file is submitted once");
}

#[tokio::test]
async fn the_pages_speak_spanish() {
    let hub = Hub::demo().await;
    let home = home(&hub).await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "es").await;
    let form = browser.get(&format!("{home}/users/csv")).await;
    assert_snapshot!(form.main(), @"Agregar o editar CSV Agregar, modificar o eliminar usuarios a través de CSV Comience con un archivo La plantilla tiene una columna para todo lo que tiene esta organización; una exportación tiene además sus usuarios. Descargar plantilla CSV Exportar atributos de usuario Exportar licencias de usuario Exportar todo Cargue un archivo Seleccionar comportamiento de importación de CSV Agregar solo servicios TRUE agrega un servicio; FALSE no tiene efecto. Los usuarios reciben además las licencias base, junto al paquete que nombra el archivo. Agregar y quitar servicios TRUE agrega un servicio, FALSE lo quita. Esta es la opción para la venta mayorista. FALSE en todos los paquetes elimina al usuario. Elegir un archivo Un archivo CSV en UTF-8 con 20000 usuarios como máximo. También puede soltarlo aquí. Cargar");
    let preview = uploaded(&browser, &home, MIXED).await;
    assert_snapshot!(preview.main(), @"Qué haría este archivo Todavía no ha ocurrido nada. Revise el plan y después envíe el archivo o elija otro. Archivo users.csv Comportamiento de importación de CSV Agregar y quitar servicios Filas 3 2 Por agregar 0 Por actualizar 0 Por eliminar 0 Sin cambios 1 Rechazadas Enviar Elegir otro archivo A tener en cuenta 2 filas dan además licencias base CSV-030 Filas rechazadas Estas filas no cambiarían nada; las demás siguen sin ellas. Filas rechazadas Fila Columna Correo electrónico Motivo 3 User ID/Email (Required) nonsense El correo electrónico de un usuario tiene una sola @ con algo a ambos lados, y ningún espacio (SUB-002; se vio `nonsense`) Cambios Cambios Fila Correo electrónico Acción Cambios 2 ana@new.example.com agregar First Name `Ana` Licencias base `Basic Messaging, Basic Space Meetings, Call on Webex (1:1 call, non-PSTN)` recibe además licencias base (CSV-030) 4 carla@new.example.com agregar Licencias base `Basic Messaging, Basic Space Meetings, Call on Webex (1:1 call, non-PSTN)` recibe además licencias base (CSV-030)");
    let task = browser.submit(&preview, &preview.path, &[]).await;
    assert_snapshot!(task.main(), @"users.csv El archivo se ha enviado. Esta es su tarea. Completada con errores 3 de 3 filas 2 Agregadas 0 Actualizadas 0 Eliminadas 0 Sin cambios 1 Rechazadas Filas rechazadas El archivo tiene estas filas como usted las escribió, seguidas del motivo. Puede corregirlo y cargarlo tal cual. Descargar errores como CSV Filas rechazadas Fila Columna Correo electrónico Motivo 3 User ID/Email (Required) nonsense El correo electrónico de un usuario tiene una sola @ con algo a ambos lados, y ningún espacio (SUB-002; se vio `nonsense`) Acerca de esta tarea Comportamiento de importación de CSV Agregar y quitar servicios Creada por partner-full-admin@example.com Creada 2026-03-01 12:00:00 Todas las tareas");
}

#[tokio::test]
async fn a_file_that_is_refused_whole_comes_back_with_the_reason_and_what_was_chosen() {
    let hub = Hub::demo().await;
    let home = home(&hub).await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let refused = uploaded(&browser, &home, "First Name,Shoe Size\n").await;
    assert_eq!(
        (refused.status(), refused.answer.header("x-mock-hub-rule")),
        (StatusCode::BAD_REQUEST, "CSV-004")
    );
    let action = format!("{home}/users/csv");
    assert_eq!(refused.form(&action).value("behavior"), BEHAVIOR.1);
    assert!(refused.answer.body.contains("id=\"file-error\""), "the reason stands beside the file");
    let wrong = browser.upload(&refused, &action, &[BEHAVIOR], ("users.xls", "x")).await;
    assert_eq!(wrong.answer.header("x-mock-hub-rule"), "CSV-009");
    assert_eq!(wrong.form(&action).value("behavior"), BEHAVIOR.1);
    let none = browser.upload(&wrong, &action, &[BEHAVIOR], ("", "")).await;
    assert_eq!(none.answer.header("x-mock-hub-rule"), "API-003");
    assert!(none.main().contains("file: Each field that"), "{}", none.main());
    let undecided = browser.upload(&none, &action, &[], ("users.csv", MIXED)).await;
    assert_eq!(undecided.answer.header("x-mock-hub-rule"), "API-003");
    assert!(undecided.answer.body.contains("id=\"behavior-error\""), "{}", undecided.main());
}

/// API-020.
#[tokio::test]
async fn a_file_is_not_read_where_the_form_is_not_ours_api_020() {
    let hub = Hub::with("mock-hub --max-rows 3").await;
    let home = home(&hub).await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let rows = "a@new.example.com\n".repeat(9);
    let form = |key: &str| {
        let disposition = "Content-Disposition: form-data; name=";
        format!(
            "--b\r\n{disposition}\"form-key\"\r\n\r\n{key}\r\n--b\r\n{disposition}\"behavior\"\r\n\r\n{}\r\n--b\r\n\
             {disposition}\"file\"; filename=\"a.csv\"\r\n\r\nUser ID/Email (Required)\n{rows}\r\n--b--\r\n",
            BEHAVIOR.1
        )
    };
    let path = format!("{home}/users/csv");
    let send = async |key: &str| {
        let body = form(key).into_bytes();
        let answer = browser.send(Method::POST, &path, "multipart/form-data; boundary=b", body).await;
        (answer.status, answer.header("x-mock-hub-rule").to_owned())
    };
    assert_eq!(send("stolen").await, (StatusCode::FORBIDDEN, "API-020".to_owned()));
    let key = browser.get(&path).await.form(&path).value("form-key");
    assert_eq!(send(&key).await, (StatusCode::BAD_REQUEST, "CSV-007".to_owned()), "now the file is read");
}

#[tokio::test]
async fn a_kept_file_is_its_own_sessions_until_the_next_one_or_until_it_signs_out() {
    let hub = Hub::demo().await;
    let home = home(&hub).await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let first = uploaded(&browser, &home, MIXED).await;
    let other = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let stranger = other.get(&first.path).await;
    assert_eq!(stranger.status(), StatusCode::GONE);
    assert!(
        stranger.main().contains("The file that you uploaded is not kept any more"),
        "{}",
        stranger.main()
    );
    let second = uploaded(&browser, &home, MIXED).await;
    assert_eq!(browser.get(&first.path).await.status(), StatusCode::GONE);
    assert_eq!(browser.get(&second.path).await.status(), StatusCode::OK);
    browser.submit(&second, "/sign-out", &[]).await;
    browser.sign_in("partner-full-admin").await;
    assert_eq!(browser.get(&second.path).await.status(), StatusCode::GONE);
}

#[tokio::test]
async fn all_rows_of_a_long_plan_can_be_reached() {
    let hub = Hub::demo().await;
    let home = home(&hub).await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let rows: String =
        (0..120).map(|number| format!("user{number}@new.example.com\nwrong{number}\n")).collect();
    let preview = uploaded(&browser, &home, &format!("User ID/Email (Required)\n{rows}")).await;
    assert!(preview.main().contains("wrong49") && !preview.main().contains("wrong50"));
    assert!(preview.main().contains("The first 50 of 120 rows."), "{}", preview.main());
    let refused = browser.get(&preview.link("All 120 refused rows")).await;
    let next = browser.get(&refused.link("Next")).await;
    assert!(next.main().contains("wrong50") && next.main().contains("51 to 100"), "{}", next.main());
    let last = browser.get(&next.link("Next")).await;
    assert!(last.main().contains("wrong119") && !last.has_link("Next"));
    let added = browser.get(&last.link("To add")).await;
    assert!(added.main().contains("user49@new.example.com") && added.has_link("Next"));
}

#[tokio::test]
async fn template_and_export_are_those_of_the_api() {
    let hub = Hub::demo().await;
    let home = home(&hub).await;
    let browser = Browser::signed_in(&hub, "customer-read-only", "en").await;
    let page = browser.get(&format!("{home}/users/csv")).await;
    for (words, path) in [
        ("Download CSV template", "template.csv"),
        ("Export everything", "export.csv"),
        ("Export user attributes", "export.csv?content=attributes"),
        ("Export user licenses", "export.csv?content=licenses"),
    ] {
        let file = browser.get(&page.link(words)).await.answer;
        assert_eq!(file.body, hub.get(&format!("{}/users/{path}", in_api(&home))).await.body, "{words}");
        assert!(file.header("content-disposition").starts_with("attachment"), "{words}");
        assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    }
    let unsigned = Browser::new(&hub, "en").get(&format!("{home}/users/csv/export.csv")).await;
    assert!(unsigned.path.starts_with("/sign-in"), "{}", unsigned.path);
}

/// CUS-027.
#[tokio::test]
async fn who_may_not_import_sees_why_the_button_is_out_of_use_cus_027() {
    let hub = Hub::demo().await;
    let home = home(&hub).await;
    let settings = format!("{}/settings", in_api(&home));
    let csv = format!("{home}/users/csv");
    for (label, is_restricted, rule) in [
        ("customer-full-admin", true, "CUS-027"),
        ("customer-full-admin", false, ""),
        ("customer-read-only", false, "API-006"),
        ("partner-full-admin", true, ""),
    ] {
        hub.call(Method::PATCH, &settings, json!({ "restrictedAdministratorMode": is_restricted })).await;
        let browser = Browser::signed_in(&hub, label, "en").await;
        let page = browser.get(&csv).await;
        let is_out_of_use = page.answer.body.contains("<button class=\"primary\" disabled");
        assert_eq!(is_out_of_use, !rule.is_empty(), "{label} {is_restricted}");
        assert_eq!(page.main().contains(&format!("({rule}")), !rule.is_empty(), "{}", page.main());
        let sent = uploaded(&browser, &home, MIXED).await;
        assert_eq!(sent.answer.header("x-mock-hub-rule"), rule, "{label} {is_restricted}");
    }
}

#[tokio::test]
async fn a_task_over_time_shows_its_progress_and_is_paused_resumed_and_cancelled() {
    let hub = Hub::demo().await;
    let home = home(&hub).await;
    let speed = json!({ "importRowsPerSecond": 1 });
    hub.call(Method::PATCH, &format!("{}/settings", in_api(&home)), speed).await;
    let browser = Browser::signed_in(&hub, "partner-full-admin", "en").await;
    let preview = uploaded(&browser, &home, MIXED).await;
    let task = browser.submit(&preview, &preview.path, &[]).await;
    let path = task.path.split('?').next().unwrap().to_owned();
    assert!(task.answer.body.contains("<div id=\"task\" data-goes-on>"));
    assert!(task.answer.body.contains("<progress max=\"3\" value=\"0\""));
    let second = uploaded(&browser, &home, MIXED).await;
    let refused = browser.submit(&second, &second.path, &[]).await;
    assert_eq!(
        (refused.status(), refused.answer.header("x-mock-hub-rule")),
        (StatusCode::CONFLICT, "CSV-017")
    );
    assert_eq!(browser.get(&second.path).await.status(), StatusCode::OK, "the file waits on");
    hub.advance(1.0).await;
    let task = browser.get(&path).await;
    assert!(task.main().contains("Running 1 of 3 rows"), "{}", task.main());
    let paused = browser.submit(&task, &format!("{path}/pause"), &[]).await;
    assert!(paused.main().contains("The import is paused. Paused 1 of 3 rows Resume"), "{}", paused.main());
    assert!(!paused.answer.body.contains("data-goes-on"));
    let late = browser.submit(&task, &format!("{path}/pause"), &[]).await;
    assert_eq!((late.status(), late.answer.header("x-mock-hub-rule")), (StatusCode::CONFLICT, "CSV-035"));
    let resumed = browser.submit(&paused, &format!("{path}/resume"), &[]).await;
    assert!(resumed.main().contains("Running"), "{}", resumed.main());
    let asked = browser.get(&resumed.link("Cancel the import")).await;
    assert!(asked.main().contains("2 rows of users.csv have not had their turn."), "{}", asked.main());
    let ended = browser.submit(&asked, &format!("{path}/cancel"), &[]).await;
    assert!(ended.main().contains("The import is cancelled. Cancelled 1 of 3 rows"), "{}", ended.main());
    let listed = browser.get(&format!("{home}/tasks")).await;
    assert!(
        listed.main().contains("users.csv Cancelled 1 of 3 rows partner-full-admin@example.com"),
        "{}",
        listed.main()
    );
    let file = browser.get(&ended.link("Download errors as CSV")).await.answer;
    let in_api = format!("{}/errors.csv", in_api(&path));
    assert_eq!(file.body, hub.get(&in_api).await.body);
}
