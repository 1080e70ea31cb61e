#!/bin/sh
# LMM-R1's settings for one stage. Use: train.sh fre|mgt MODEL DATA OUT
set -eu
stage=$1 model=$2 data=$3 out=$4
nodes=${NODES:-1}
reward=${REWARD:-"http://127.0.0.1:5000/get_reward?verifier=exact"}

case $stage in
  # Direct RL is MGT from the model that FRE would begin with.
  fre) estimator=reinforce_baseline rate=4e-7 ;;
  mgt) estimator=gae rate=1e-6 ;;
  *) echo "train.sh: expected fre or mgt, not $stage" >&2; exit 2 ;;
esac
critic=""
if [ "$estimator" = gae ]; then
  critic="--critic_num_nodes $nodes --critic_num_gpus_per_node 8 --critic_learning_rate 9e-6"
fi

# shellcheck disable=SC2086
ray job submit --address http://127.0.0.1:8265 \
  --runtime-env-json '{"working_dir": ".", "env_vars": {"VLLM_USE_V1": "1", "VLLM_ENABLE_V1_MULTIPROCESSING": "0"}}' \
  -- python -m openrlhf.cli.train_ppo_ray \
  --pretrain "$model" --save_path "$out" --ckpt_path "$out/checkpoints" --save_hf_ckpt --load_checkpoint --save_steps 20 \
  --remote_rm_url "$reward" --prompt_data "$data" --input_key message --label_key answer --max_samples 100000 \
  --ref_num_nodes "$nodes" --ref_num_gpus_per_node 8 --actor_num_nodes "$nodes" --actor_num_gpus_per_node 8 $critic \
  --vllm_num_engines $((8 * nodes)) --vllm_tensor_parallel_size 1 --colocate_all_models --vllm_enable_sleep \
  --vllm_gpu_memory_utilization 0.5 --vllm_sync_backend gloo --enable_prefix_caching \
  --advantage_estimator $estimator --n_samples_per_prompt 16 --temperature 1.0 \
  --train_batch_size 256 --rollout_batch_size 256 --micro_train_batch_size 2 --micro_rollout_batch_size 2 \
  --max_epochs 1 --num_episodes 2 --init_kl_coef 0.001 --lambd 1 --gamma 1 --actor_learning_rate $rate --normalize_reward \
  --prompt_max_len 4096 --generate_max_len 4096 \
  --zero_stage 3 --bf16 --flash_attn --gradient_checkpointing
