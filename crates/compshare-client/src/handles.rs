//! The handles of both clients: one list of methods with one documentation.
//!
//! `$example!([setup] call [rest])` and `$listing!([setup] items name body)` make the example of a
//! method for the client, from lines of code.

/// Defines the handle for instances of a client, whose methods return `$output!(T)`.
macro_rules! instances_handle {
    ($client:ident, $pages:ident, $items:ident, $output:ident, $example:ident, $listing:ident) => {
        /// GPU instances: stock and price, creation, changes, and waiting. Returned by
        /// [`Client::instances`]; cheap to clone.
        ///
        /// The changes take an [`InstanceTarget`](crate::InstanceTarget): an id, which is looked up
        /// first, or an [`Instance`](crate::model::Instance), whose region and zone are known.
        ///
        /// # Errors
        ///
        /// Those of [`Client::send`], and
        /// [`InstanceNotFound`](crate::Reason::InstanceNotFound) if there is no such instance.
        #[derive(Clone, Debug)]
        pub struct Instances {
            client: $client,
        }

        #[allow(
            clippy::missing_errors_doc,
            reason = "documented for all methods together"
        )]
        impl Instances {
            pub(crate) fn new(client: $client) -> Self {
                Self { client }
            }

            /// Lists the instances of all regions.
            #[doc = $listing!(
                []
                "client.instances().list()"
                "instance"
                r#"println!("{} - {}", instance.id, instance.name);"#
            )]
            pub fn list(&self) -> $items<OffsetPaginator<DescribeCompShareInstance>> {
                self.list_with(DescribeCompShareInstance::new())
                    .into_items()
            }

            /// Lists instances page by page; those of all regions if the request has none.
            #[doc = $listing!(
                [
                    "use compshare_client::model::DescribeCompShareInstance;"
                    ""
                ]
                r#"client.instances().list_with(DescribeCompShareInstance::new().region("cn-wlcb")).into_items()"#
                "instance"
                r#"println!("{} - {}", instance.id, instance.name);"#
            )]
            pub fn list_with(
                &self,
                request: DescribeCompShareInstance,
            ) -> $pages<OffsetPaginator<DescribeCompShareInstance>> {
                let paginator = self.operations().list(request);
                $pages::new(self.client.clone(), paginator)
            }

            /// Queries the instance with an id, in any region.
            #[doc = $example!(
                []
                r#"let instance = client.instances().get("uhost-1a2b3c4d5e6f")"#
                [r#"println!("{}: {:?}", instance.name, instance.state);"#]
            )]
            pub fn get(&self, id: impl Into<InstanceId>) -> $output!(Instance) {
                self.client.run_sequence(self.operations().get(id.into()))
            }

            /// Finds the instance with an id or a name, in any region.
            #[doc = $example!(
                []
                r#"let instance = client.instances().find("train")"#
                [r#"println!("{}: {:?}", instance.id, instance.state);"#]
            )]
            ///
            /// # Errors
            ///
            /// [`AmbiguousName`](crate::Reason::AmbiguousName) if several instances have the name.
            pub fn find(&self, name_or_id: impl Into<String>) -> $output!(Instance) {
                self.client
                    .run_sequence(self.operations().find(name_or_id.into()))
            }

            /// Lists the types of instances on sale in all zones, with their stock.
            #[doc = $example!(
                []
                "let offers = client.instances().available()"
                [
                    "for offer in offers {"
                    r#"    println!("{:?} in {:?}: {:?}", offer.instance_type.name, offer.zone.zone, offer.stock);"#
                    "}"
                ]
            )]
            pub fn available(&self) -> $output!(Vec<Offer>) {
                self.client.run_sequence(self.operations().available())
            }

            /// Queries stock and price of the instances that a request would create.
            #[doc = $example!(
                [
                    "use compshare_client::model::{"
                    "    BootDisk, ChargeType, CreateCompShareInstance, DiskType, Gigabytes, GpuType, InstanceSize,"
                    "};"
                    ""
                    "let size = InstanceSize::new(GpuType::Rtx4090, 1, 16, Gigabytes(64));"
                    "let disk = BootDisk::new(DiskType::CloudSsd, Gigabytes(100));"
                    r#"let image = "compshareImage-1pl06yxr5lvm";"#
                    r#"let request = CreateCompShareInstance::new("cn-wlcb-01", size, image, disk, ChargeType::Postpay);"#
                ]
                "let quote = client.instances().quote(&request)"
                [r#"println!("{:?} yuan an hour, in stock: {:?}", quote.price, quote.is_available);"#]
            )]
            pub fn quote(&self, request: &CreateCompShareInstance) -> $output!(Quote) {
                self.client
                    .run_sequence(self.operations().quote(request.clone()))
            }

            /// Creates instances **exactly once**. This costs money.
            ///
            /// The API has no client token, so a random one is appended to the remark. The request
            /// is sent once. If its response is lost, the instances are searched by the token for
            /// 15 seconds.
            #[doc = $example!(
                [
                    "use compshare_client::model::{"
                    "    BootDisk, ChargeType, CreateCompShareInstance, DiskType, Gigabytes, GpuType, InstanceSize,"
                    "};"
                    ""
                    "let size = InstanceSize::new(GpuType::Rtx4090, 1, 16, Gigabytes(64));"
                    "let disk = BootDisk::new(DiskType::CloudSsd, Gigabytes(100));"
                    r#"let image = "compshareImage-1pl06yxr5lvm";"#
                    r#"let request = CreateCompShareInstance::new("cn-wlcb-01", size, image, disk, ChargeType::Postpay);"#
                ]
                "let created = client.instances().create(&request)"
                [r#"println!("created {:?}", created.ids);"#]
            )]
            ///
            /// # Errors
            ///
            /// If [`Error::is_outcome_unknown`](crate::Error::is_outcome_unknown), instances may
            /// have been created: search for the token in the remarks before you create again. After
            /// any other error, nothing was created.
            pub fn create(&self, request: &CreateCompShareInstance) -> $output!(CreatedInstances) {
                self.client
                    .run_sequence(self.operations().create(request.clone()))
            }

            /// Starts a stopped instance with its GPUs. This costs money.
            #[doc = $example!(
                []
                r#"client.instances().start("uhost-1a2b3c4d5e6f")"#
                []
            )]
            pub fn start(&self, target: impl Into<InstanceTarget>) -> $output!(ChangedInstance) {
                self.client
                    .run_sequence(self.operations().start(target.into()))
            }

            /// Starts a stopped instance without GPUs, at a low price.
            ///
            /// Sends `WithoutGpuSpec`. The documented `WithoutGpu` is ignored by the service, which
            /// then starts, and charges, the GPUs (reported live in 2026).
            #[doc = $example!(
                [
                    "use compshare_client::model::WithoutGpuSpec;"
                    ""
                ]
                r#"client.instances().start_without_gpu("uhost-1a2b3c4d5e6f", WithoutGpuSpec::A)"#
                []
            )]
            pub fn start_without_gpu(
                &self,
                target: impl Into<InstanceTarget>,
                spec: WithoutGpuSpec,
            ) -> $output!(ChangedInstance) {
                self.client
                    .run_sequence(self.operations().start_without_gpu(target.into(), spec))
            }

            /// Stops a running instance. Its disks may go on costing, and its GPUs can be sold to
            /// others.
            #[doc = $example!(
                []
                r#"client.instances().stop("uhost-1a2b3c4d5e6f")"#
                []
            )]
            pub fn stop(&self, target: impl Into<InstanceTarget>) -> $output!(ChangedInstance) {
                self.client
                    .run_sequence(self.operations().stop(target.into()))
            }

            /// Reboots a running instance.
            #[doc = $example!(
                []
                r#"client.instances().reboot("uhost-1a2b3c4d5e6f")"#
                []
            )]
            pub fn reboot(&self, target: impl Into<InstanceTarget>) -> $output!(ChangedInstance) {
                self.client
                    .run_sequence(self.operations().reboot(target.into()))
            }

            /// Sets the name, at most 63 characters: Chinese, letters, digits and `_.,:-`.
            #[doc = $example!(
                []
                r#"client.instances().rename("uhost-1a2b3c4d5e6f", "train-2")"#
                []
            )]
            pub fn rename(
                &self,
                target: impl Into<InstanceTarget>,
                name: impl Into<String>,
            ) -> $output!(ChangedInstance) {
                self.client
                    .run_sequence(self.operations().rename(target.into(), name.into()))
            }

            /// Changes the size of a stopped instance, which stays stopped. This changes its price.
            #[doc = $example!(
                [
                    "use compshare_client::model::Gigabytes;"
                    ""
                ]
                r#"client.instances().resize("uhost-1a2b3c4d5e6f", 2, 32, Gigabytes(128))"#
                []
            )]
            pub fn resize(
                &self,
                target: impl Into<InstanceTarget>,
                gpus: u32,
                cpus: u32,
                memory: impl Into<Megabytes>,
            ) -> $output!(ChangedInstance) {
                let operations = self.operations();
                let resize = operations.resize(target.into(), gpus, cpus, memory.into());
                self.client.run_sequence(resize)
            }

            /// Installs an image on a stopped instance. **Erases its system disk.**
            #[doc = $example!(
                []
                r#"client.instances().reinstall("uhost-1a2b3c4d5e6f", "compshareImage-1pl06yxr5lvm", None)"#
                []
            )]
            pub fn reinstall(
                &self,
                target: impl Into<InstanceTarget>,
                image: impl Into<ImageId>,
                password: Option<Password>,
            ) -> $output!(ChangedInstance) {
                let operations = self.operations();
                let reinstall = operations.reinstall(target.into(), image.into(), password);
                self.client.run_sequence(reinstall)
            }

            /// Sets the password to log in with.
            #[doc = $example!(
                [
                    "use compshare_client::model::Password;"
                    ""
                ]
                r#"client.instances().reset_password("uhost-1a2b3c4d5e6f", Password::new(std::env::var("NEW_PASSWORD")?))"#
                []
            )]
            pub fn reset_password(
                &self,
                target: impl Into<InstanceTarget>,
                password: impl Into<Password>,
            ) -> $output!(ChangedInstance) {
                let operations = self.operations();
                let reset = operations.reset_password(target.into(), password.into());
                self.client.run_sequence(reset)
            }

            /// Deletes a stopped instance.
            #[doc = $example!(
                [
                    "use compshare_client::DataDisks;"
                    ""
                ]
                r#"client.instances().delete("uhost-1a2b3c4d5e6f", DataDisks::Delete)"#
                []
            )]
            pub fn delete(
                &self,
                target: impl Into<InstanceTarget>,
                disks: DataDisks,
            ) -> $output!(TerminateCompShareInstanceResponse) {
                self.client
                    .run_sequence(self.operations().delete(target.into(), disks))
            }

            /// Plans to stop a running instance, at least five minutes from now. Replaces an
            /// earlier plan.
            #[doc = $example!(
                [
                    "use std::time::{Duration, SystemTime};"
                    ""
                    "use compshare_client::model::Timestamp;"
                    ""
                    "let evening = SystemTime::now() + Duration::from_secs(4 * 3600);"
                    "let seconds = evening.duration_since(SystemTime::UNIX_EPOCH)?.as_secs();"
                    "let time = Timestamp::from_secs(i64::try_from(seconds)?);"
                ]
                r#"client.instances().stop_at("uhost-1a2b3c4d5e6f", time)"#
                []
            )]
            ///
            /// # Errors
            ///
            /// [`NoProject`](crate::Reason::NoProject) if neither the instance nor the client has a
            /// project, and the account has no default one.
            pub fn stop_at(
                &self,
                target: impl Into<InstanceTarget>,
                time: impl Into<Timestamp>,
            ) -> $output!(ChangedInstance) {
                self.client
                    .run_sequence(self.operations().stop_at(target.into(), time.into()))
            }

            /// Cancels the planned stop of an instance.
            #[doc = $example!(
                []
                r#"client.instances().cancel_stop("uhost-1a2b3c4d5e6f")"#
                []
            )]
            ///
            /// # Errors
            ///
            /// As [`stop_at`](Self::stop_at).
            pub fn cancel_stop(
                &self,
                target: impl Into<InstanceTarget>,
            ) -> $output!(ChangedInstance) {
                self.client
                    .run_sequence(self.operations().cancel_stop(target.into()))
            }

            /// Waits until an instance has a state, for half an hour at most.
            ///
            /// `Running` does not mean that its SSH server is ready: that may take minutes more.
            #[doc = $example!(
                [
                    "use compshare_client::model::InstanceState;"
                    ""
                ]
                r#"let outcome = client.instances().wait_until("uhost-1a2b3c4d5e6f", InstanceState::Running)"#
                [r#"assert!(outcome.is_reached(), "{outcome:?}");"#]
            )]
            ///
            /// # Errors
            ///
            /// Those of [`Client::send`], unless a later query can succeed.
            pub fn wait_until(
                &self,
                id: impl Into<InstanceId>,
                state: InstanceState,
            ) -> $output!(InstanceOutcome) {
                self.wait_until_with(id, state, InstanceWaitOptions::default())
            }

            /// Waits until an instance has a state, with options.
            #[doc = $example!(
                [
                    "use std::time::Duration;"
                    ""
                    "use compshare_client::model::InstanceState;"
                    "use compshare_client::{InstanceOutcome, InstanceWaitOptions};"
                    ""
                    "let options = InstanceWaitOptions::default().deadline(Duration::from_secs(600));"
                ]
                r#"let outcome = client.instances().wait_until_with("uhost-1a2b3c4d5e6f", InstanceState::Stopped, options)"#
                [
                    "if let InstanceOutcome::DeadlinePassed { last } = outcome {"
                    r#"    println!("still {:?}", last.and_then(|instance| instance.state));"#
                    "}"
                ]
            )]
            ///
            /// # Errors
            ///
            /// As [`wait_until`](Self::wait_until).
            pub fn wait_until_with(
                &self,
                id: impl Into<InstanceId>,
                state: InstanceState,
                options: InstanceWaitOptions,
            ) -> $output!(InstanceOutcome) {
                let wait = self.operations().wait_until(id.into(), state, options);
                self.client.run_sequence(wait)
            }

            fn operations(&self) -> InstanceOperations {
                self.client.engine().instances()
            }
        }
    };
}
pub(crate) use instances_handle;

/// Defines the handle for images of a client, whose methods return `$output!(T)`.
macro_rules! images_handle {
    ($client:ident, $pages:ident, $output:ident, $example:ident, $listing:ident) => {
        /// Images: listings that combine actions, changes of favorites, and waiting. Returned by
        /// [`Client::images`]; cheap to clone.
        ///
        /// # Errors
        ///
        /// Those of [`Client::send`].
        #[derive(Clone, Debug)]
        pub struct Images {
            client: $client,
        }

        #[allow(
            clippy::missing_errors_doc,
            reason = "documented for all methods together"
        )]
        impl Images {
            pub(crate) fn new(client: $client) -> Self {
                Self { client }
            }

            /// Lists the platform's images of every type, see [`PlatformPaginator`]. An `ImageType`
            /// or an image id in the request limits the listing to it.
            #[doc = $listing!(
                [
                    "use compshare_client::model::DescribeCompShareImages;"
                    ""
                ]
                "client.images().platform(DescribeCompShareImages::new()).into_items()"
                "image"
                r#"println!("{} - {}", image.id, image.name);"#
            )]
            pub fn platform(&self, request: DescribeCompShareImages) -> $pages<PlatformPaginator> {
                $pages::new(
                    self.client.clone(),
                    self.client.engine().platform_images(request),
                )
            }

            /// Lists the groups of community images, without their readmes if the service can
            /// exclude them; see [`Engine::community_images`].
            #[doc = $listing!(
                [
                    "use compshare_client::model::DescribeCommunityImages;"
                    ""
                ]
                r#"client.images().community(DescribeCommunityImages::new().tags(["ComfyUI"])).into_items()"#
                "group"
                r#"println!("{} in {} versions", group.name(), group.data.len());"#
            )]
            pub fn community<A>(&self, action: A) -> $pages<OffsetPaginator<Grouped<A>>>
            where
                A: CommunityAction,
            {
                $pages::new(
                    self.client.clone(),
                    self.client.engine().community_images(action),
                )
            }

            /// Adds a community image to the account's favorites, by its group;
            /// [`find_group`](Self::find_group) returns the group of an image. Returns the actions
            /// that worked, see [`Engine::add_favorite`].
            #[doc = $example!(
                []
                r#"client.images().add_favorite("group-1")"#
                []
            )]
            pub fn add_favorite(&self, group: impl Into<GroupId>) -> $output!(FavoritesSource) {
                self.client
                    .run_sequence(self.client.engine().add_favorite(group.into()))
            }

            /// Removes a community image from the account's favorites, by its group: the reverse of
            /// [`add_favorite`](Self::add_favorite).
            #[doc = $example!(
                []
                r#"client.images().remove_favorite("group-1")"#
                []
            )]
            pub fn remove_favorite(&self, group: impl Into<GroupId>) -> $output!(FavoritesSource) {
                self.client
                    .run_sequence(self.client.engine().remove_favorite(group.into()))
            }

            /// Returns the group of a community image, with the versions that the service sends for
            /// the image; `None` if the community does not have it.
            #[doc = $example!(
                []
                r#"let group = client.images().find_group("compshareImage-1pl06yxr5lvm")"#
                [
                    "if let Some(group) = group {"
                    r#"    println!("{} versions", group.data.len());"#
                    "}"
                ]
            )]
            ///
            /// # Errors
            ///
            /// An image that does not exist at all is
            /// [`Error::is_not_found`](crate::Error::is_not_found).
            pub fn find_group(&self, image: impl Into<ImageId>) -> $output!(Option<ImageGroup>) {
                self.client
                    .run_sequence(self.client.engine().find_group(image.into()))
            }

            /// Waits until an image is ready, for half an hour at most; see
            /// [`Engine::wait_for_image`].
            #[doc = $example!(
                []
                r#"let outcome = client.images().wait_until_ready("compshareImage-1pl06yxr5lvm")"#
                [r#"assert!(outcome.is_ready(), "{outcome:?}");"#]
            )]
            ///
            /// # Errors
            ///
            /// Those of [`Client::send`], unless a later query can succeed.
            pub fn wait_until_ready(&self, image: impl Into<ImageId>) -> $output!(ImageOutcome) {
                let request = GetCompShareImageCreateProgress::new(image);
                self.wait_until_ready_with(request, WaitOptions::default())
            }

            /// Waits for an image with options, and with a request that can have the zone that some
            /// services require.
            #[doc = $example!(
                [
                    "use compshare_client::WaitOptions;"
                    "use compshare_client::model::GetCompShareImageCreateProgress;"
                    ""
                    r#"let request = GetCompShareImageCreateProgress::new("compshareImage-1pl06yxr5lvm").zone("cn-wlcb-01");"#
                    r#"let options = WaitOptions::default().on_progress(|progress| eprintln!("{:?} %", progress.process));"#
                ]
                "let outcome = client.images().wait_until_ready_with(request, options)"
                [r#"assert!(outcome.is_ready(), "{outcome:?}");"#]
            )]
            ///
            /// # Errors
            ///
            /// As [`wait_until_ready`](Self::wait_until_ready).
            pub fn wait_until_ready_with(
                &self,
                request: GetCompShareImageCreateProgress,
                options: WaitOptions,
            ) -> $output!(ImageOutcome) {
                self.client
                    .run_sequence(self.client.engine().wait_for_image(request, options))
            }
        }
    };
}
pub(crate) use images_handle;
