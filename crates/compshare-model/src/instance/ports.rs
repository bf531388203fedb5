//! The ports of a container instance.

use crate::InstanceId;
use crate::wire::record::record;
use crate::wire::request::request;

request! {
    /// Replaces the open ports of a container instance. Documented by UCloud, which requires a
    /// zone.
    ///
    /// **All three lists are replaced**: one that is empty is emptied. Read
    /// [`Instance::ports`](crate::Instance::ports) first, send what is to stay as well, and read
    /// again afterwards. At most 10 ports to a list; HTTP 8888 and TCP 23 stay open whatever is
    /// sent; UDP is not forwarded from the Internet (reported by a third-party client).
    pub struct UpdateCompShareInstancePorts:
        Write -> UpdateCompShareInstancePortsResponse
    {
        composed {
            /// The instance.
            instance_id: InstanceId = "UHostId",
            /// All ports for HTTP.
            http_ports: Vec<u16> = "HttpPorts",
            /// All ports for TCP.
            tcp_ports: Vec<u16> = "TcpPorts",
            /// All ports for UDP. A third-party client only.
            udp_ports: Vec<u16> = "UdpPorts",
        }
    }
}

impl UpdateCompShareInstancePorts {
    /// Creates a request with all ports that are to be open afterwards.
    pub fn new(
        instance: impl Into<InstanceId>,
        http: impl IntoIterator<Item = u16>,
        tcp: impl IntoIterator<Item = u16>,
        udp: impl IntoIterator<Item = u16>,
    ) -> Self {
        let (http, tcp) = (http.into_iter().collect(), tcp.into_iter().collect());
        Self::compose(instance.into(), http, tcp, udp.into_iter().collect())
    }
}

record! {
    /// The changed ports. Further fields that a third-party client reads (`TcpForwards`,
    /// `IngressHosts` and the like) are in [`extra`](Self::extra), since no source shows their
    /// form.
    pub response UpdateCompShareInstancePortsResponse {
        /// The instance.
        instance_id: Option<InstanceId> = "UHostId",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::request::pairs;

    #[test]
    fn ports_send_all_lists() {
        let request =
            UpdateCompShareInstancePorts::new("cpod-1", [8888, 7860], [23], []).region("r");
        let expected = [
            "UHostId=cpod-1",
            "HttpPorts.0=8888",
            "HttpPorts.1=7860",
            "TcpPorts.0=23",
            "Region=r",
        ];
        assert_eq!(pairs(&request), expected);
    }
}
