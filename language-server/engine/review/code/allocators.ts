/** Functions that return NULL when they fail, and never an error pointer. */
export const nullReturning: ReadonlySet<string> = new Set(
  (
    "kmalloc kzalloc kcalloc kmalloc_array kmalloc_node kzalloc_node kmemdup kmemdup_nul kstrdup kstrndup kasprintf kvasprintf krealloc krealloc_array " +
    "kvmalloc kvzalloc kvcalloc kvmalloc_array kvmalloc_node vmalloc vzalloc vmalloc_node vzalloc_node vmalloc_user __vmalloc vmalloc_array vcalloc " +
    "devm_kmalloc devm_kzalloc devm_kcalloc devm_kmalloc_array devm_kmemdup devm_kstrdup devm_kasprintf " +
    "kmem_cache_alloc kmem_cache_zalloc kmem_cache_alloc_node kmem_cache_create dma_alloc_coherent dmam_alloc_coherent dma_pool_alloc dma_pool_zalloc dma_pool_create " +
    "alloc_percpu alloc_percpu_gfp __alloc_percpu alloc_skb dev_alloc_skb netdev_alloc_skb napi_alloc_skb skb_clone skb_copy alloc_pages alloc_page " +
    "alloc_etherdev alloc_etherdev_mq alloc_etherdev_mqs alloc_netdev alloc_netdev_mqs alloc_workqueue alloc_ordered_workqueue create_singlethread_workqueue " +
    "ioremap ioremap_wc ioremap_np devm_ioremap devm_ioremap_wc pci_iomap pci_ioremap_bar of_iomap bitmap_alloc bitmap_zalloc mempool_create memblock_alloc " +
    "platform_device_alloc input_allocate_device devm_input_allocate_device usb_alloc_urb usb_alloc_coherent " +
    "rte_malloc rte_zmalloc rte_calloc rte_malloc_socket rte_zmalloc_socket rte_calloc_socket rte_realloc rte_pktmbuf_alloc"
  ).split(" "),
);

/** The C library's; kernel code has none of them, but its tools and user-space drivers do. */
export const userSpaceAllocators: ReadonlySet<string> = new Set("malloc calloc realloc strdup strndup reallocarray".split(" "));

/** Functions that return an error pointer when they fail, and never NULL. */
export const errorReturning: ReadonlySet<string> = new Set(
  (
    "kthread_run kthread_create kthread_create_on_node class_create device_create devm_clk_get devm_clk_get_enabled devm_clk_register clk_register clk_hw_register_fixed_rate " +
    "filp_open platform_device_register_simple platform_device_register_data platform_device_register_full devm_ioremap_resource devm_platform_ioremap_resource " +
    "devm_platform_ioremap_resource_byname devm_regmap_init_mmio devm_regmap_init_i2c devm_regmap_init_spi regmap_init_mmio regmap_init_i2c gpiod_get devm_gpiod_get devm_gpiod_get_index " +
    "devm_regulator_get devm_reset_control_get devm_reset_control_get_exclusive devm_reset_control_get_shared devm_phy_get crypto_alloc_shash crypto_alloc_ahash crypto_alloc_skcipher " +
    "crypto_alloc_aead memdup_user memdup_user_nul vmemdup_user strndup_user syscon_regmap_lookup_by_phandle dma_request_chan thermal_zone_device_register " +
    "devm_thermal_of_zone_register devm_pwm_get regulator_register devm_regulator_register pinctrl_get devm_pinctrl_get " +
    "devm_rtc_allocate_device devm_nvmem_register kern_mount anon_inode_getfile alloc_file_pseudo ib_alloc_pd ib_alloc_cq ib_create_cq dma_buf_get dma_buf_export " +
    "page_pool_create sget d_obtain_alias"
  ).split(" "),
);
