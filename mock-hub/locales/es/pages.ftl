# Lo que todas las páginas tienen en común, y la puerta.

mock-hub = mock-hub
partner-hub = Concentrador de socios
control-hub = Control Hub
behind-the-scenes = Entre bastidores
not-a-cisco-product = Una simulación local de Partner Hub y Control Hub para la venta mayorista. No es un producto de Cisco; aquí nada es real.
api-description = Descripción de la API
in-sandbox = Entorno de pruebas { $name }
skip-to-content = Ir al contenido
language = Idioma

menu-consoles = Consolas
menu-customers = Clientes
menu-templates = Plantillas de incorporación
menu-sub-partners = Subsocios
menu-administrators = Administradores
menu-analytics = Análisis
menu-billing = Informes de facturación
menu-overview = Descripción general
menu-users = Usuarios
menu-locations = Ubicaciones y números
menu-licenses = Licencias
menu-tasks = Tareas
menu-settings = Configuración
menu-requests = Peticiones
menu-sandboxes = Entornos de pruebas
menu-clock = Reloj
menu-faults = Fallos
menu-rules = Reglas

sign-in = Iniciar sesión
sign-out = Cerrar sesión
sign-in-title = Inicie sesión en el Concentrador de socios
sign-in-lead = Elija quién quiere ser. No se pide contraseña: aquí nadie es real.
sign-in-token-lead = Otros equipos pueden llegar a esta simulación, así que pide su token. Aquí nadie es real.
sign-in-token = Con el token de esta simulación
sign-in-token-how = La página siguiente pregunta qué administrador quiere ser y pide el token con el que se inició esta simulación.
sign-in-demo = Administradores de demostración
sign-in-nobody = Este entorno de pruebas no tiene ninguno: en su mundo no hay ningún socio.
sign-in-others = Otra persona
sign-in-others-lead = Quien tiene un rol de administrador, o un token de este entorno de pruebas, inicia sesión como se admite a una aplicación: mediante OAuth.
sign-in-with-oauth = Iniciar sesión con OAuth

authorize-title = Iniciar sesión
authorize-lead = Una aplicación quiere actuar en nombre de un administrador del entorno de pruebas { $sandbox } de esta simulación.
authorize-no-password = No se pide contraseña: aquí ninguna cuenta es real.
authorize-application = Aplicación
authorize-scopes = Alcances
authorize-back = Vuelve a
authorize-address = Correo electrónico o etiqueta
authorize-token = Token del hub

done-signed-out = Ha cerrado la sesión.

acts-for = Actúa en nombre del subsocio { $name }.
acts-for-leave = Volver a actuar en nombre propio

fault-title = Esto no ha funcionado
fault-home = Ir a la primera página
refusal-lead = Se rechaza. La regla:
offer-held-back = No disponible. La regla:
refusal-go-to-field = Ir al campo

field-required = obligatorio
pages = Páginas
page-before = Anterior
page-behind = Siguiente
page-range = { $first } a { $last }
